// Package rooms knows which Echo stands in which room: by the settings, and by what
// people have told the assistant, which it keeps in the Parameter Store.
package rooms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

const (
	// overtaken is when the settings have been read again since something was told,
	// by any process.
	overtaken = 2 * config.ParameterTTL
	// mostTold bounds what is remembered besides the settings.
	mostTold = 500
)

// Book is a ports.Rooms. Make one with New. It is safe for concurrent use.
type Book struct {
	settings func(context.Context) (config.Settings, error)
	keeper   ports.ParameterKeeper
	clock    ports.Clock
	log      *zap.Logger

	mu   sync.Mutex
	told map[string]told // by Key
}

// told is what somebody has told this process.
type told struct {
	area    string
	at      time.Time
	lasting bool
}

var _ ports.Rooms = (*Book)(nil)

// New returns a book of the rooms that the settings in force name, in which keeper
// keeps more where the settings come from the Parameter Store.
func New(settings func(context.Context) (config.Settings, error), keeper ports.ParameterKeeper, clock ports.Clock, log *zap.Logger) *Book {
	return &Book{settings: settings, keeper: keeper, clock: clock, log: log, told: map[string]told{}}
}

// Key returns what stands for an Echo in a parameter's name, in which Amazon's id of
// it may not stand.
func Key(device string) string {
	sum := sha256.Sum256([]byte(device))
	return hex.EncodeToString(sum[:16])
}

// Room implements ports.Rooms. What HA_ROOMS says goes before what was told.
func (b *Book) Room(ctx context.Context, device string) (string, error) {
	s, err := b.settings(ctx)
	if err != nil || device == "" {
		return "", err
	}
	if area, said := s.Rooms[device]; said {
		return area, nil
	}
	key := Key(device)
	b.mu.Lock()
	defer b.mu.Unlock()
	if t, ok := b.told[key]; ok && (!t.lasting || b.clock.Now().Sub(t.at).Abs() < overtaken) {
		return t.area, nil
	}
	return s.Rooms[key], nil
}

// Keep implements ports.Rooms. What the Parameter Store does not take is remembered
// for as long as the process lives, and the log tells why.
func (b *Book) Keep(ctx context.Context, device, area string) (bool, error) {
	if device == "" {
		return false, fault.New(fault.Invalid, "The request did not say which Echo it came from.")
	}
	s, err := b.settings(ctx)
	if err != nil {
		return false, err
	}
	if said, ok := s.Rooms[device]; ok {
		if said == area {
			return true, nil
		}
		return false, fault.New(fault.Refused, "HA_ROOMS says where this Echo stands.")
	}
	key, lasting := Key(device), false
	if s.UseParameterStore {
		err := b.keep(ctx, s.ParameterPrefix, key, area)
		if lasting = err == nil; !lasting {
			b.log.Warn("the room of an Echo is not kept for good", correlation.Failure(ctx, err), zap.String("parameter", parameter(s.ParameterPrefix, key)))
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.told) >= mostTold {
		clear(b.told)
	}
	b.told[key] = told{area, b.clock.Now(), lasting}
	return lasting, nil
}

func (b *Book) keep(ctx context.Context, prefix, key, area string) error {
	if area == "" {
		area = setting.NoRoom
	}
	return b.keeper.Keep(ctx, ports.Parameter{Name: parameter(prefix, key), Value: secret.New(area), Type: ports.ParameterString})
}

func parameter(prefix, key string) string { return prefix + "/homeassistant/rooms/" + key }
