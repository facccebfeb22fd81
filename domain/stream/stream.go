// Package stream tells Alexa where a camera's stream is.
package stream

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// Service answers InitializeCameraStreams. It holds no state of its own and is
// safe for concurrent use.
type Service struct {
	home    ports.Home
	house   ports.House
	cameras ports.Cameras
	catalog *capability.Catalog
	clock   ports.Clock
}

// New returns a Service.
func New(h ports.Home, house ports.House, cameras ports.Cameras, catalog *capability.Catalog, clock ports.Clock) *Service {
	return &Service{h, house, cameras, catalog, clock}
}

// Handle answers d with the stream's address, which lets in anyone who knows it: the
// answer is for Alexa alone. The streams that d asks for are not looked at, since
// the home has only the one of which discovery tells. The error is a
// *fault.Error.
//
// The camera is asked for its stream, on a connection for that alone, while the
// home is asked for its state: an answer needs both.
func (s *Service) Handle(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	id, err := s.camera(d)
	if err != nil {
		return alexa.Answer{}, err
	}
	config, err := s.house.Config(ctx)
	if err != nil {
		return alexa.Answer{}, err
	}
	view := capability.View{House: capability.House{Streams: capability.StreamsAt(config)}}
	if view.House.Streams == "" {
		return alexa.Answer{}, fault.New(fault.Unsupported, "The home has no streams, or no address under which Alexa could fetch one.")
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	asked := s.ask(ctx, id)
	view.State, err = s.home.State(ctx, id)
	at := time.Now()
	switch {
	case err != nil:
	case !view.State.Available():
		err = fault.New(fault.Unavailable, "The home cannot reach the camera.")
	case !view.State.Has(home.CameraStream):
		err = fault.New(fault.Unsupported, "The camera has no stream.")
	}
	if err != nil {
		cancel()
		<-asked
		return alexa.Answer{}, err
	}
	told := <-asked
	if told.err != nil {
		return alexa.Answer{}, told.err
	}
	properties := s.catalog.Kind(id.Domain()).Properties(view, s.clock.Now(), time.Since(at))
	return alexa.Reply(d, alexa.CameraStreamController, alexa.NameResponse, view.House.CameraStreams(told.stream), properties), nil
}

// camera returns the camera that d is for.
func (s *Service) camera(d alexa.Directive) (home.EntityID, error) {
	id, err := capability.EntityOf(d)
	if err != nil {
		return "", err
	}
	kind := s.catalog.Kind(id.Domain())
	switch {
	case kind == nil:
		return "", fault.New(fault.NotFound, "There is no such endpoint.")
	case kind.Streams == nil:
		return "", fault.New(fault.Unsupported, "The device does not take this directive.")
	default:
		return id, nil
	}
}

// told is what the home told of a stream.
type told struct {
	stream home.Stream
	err    error
}

// ask asks for a camera's stream. What it returns brings one answer.
func (s *Service) ask(ctx context.Context, id home.EntityID) <-chan told {
	asked := make(chan told, 1)
	go func() {
		t := told{err: fault.New(fault.Internal, "A part of LEE failed.")}
		defer func() { asked <- t }()
		t.err = fault.Guard(func() (err error) {
			t.stream, err = s.cameras.Stream(ctx, id)
			return err
		})
	}()
	return asked
}
