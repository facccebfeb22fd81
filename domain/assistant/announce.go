package assistant

import (
	"context"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
)

// Features that announcements need (the IntFlags of the components
// assist_satellite and media_player).
const (
	satelliteAnnounces home.Feature = 1
	mediaAnnounces     home.Feature = 1 << 20
)

// announce has the home say something to everybody: by its voice satellites, else
// by players that can announce something and go on with what they played, else as
// a notification. All of them are told in one call.
func (t *turn) announce(ctx context.Context) (reply, error) {
	message := t.slots[intent.SlotMessage].Text
	if message == "" {
		return t.askText(intent.SlotMessage, phrase.AskMessage), nil
	}
	d, err := t.look(ctx)
	if err != nil {
		return reply{}, err
	}
	call, done, ok := announcement(d, message)
	if !ok {
		return t.tell(phrase.NoAnnouncer), nil
	}
	return t.attend(ctx, phrase.StillRunning, t.calling(call, func(t *turn, err error) (reply, error) {
		if err != nil {
			return reply{}, err
		}
		return t.tell(done), nil
	}), func(context.Context) reply { return t.notYet(phrase.NotYet) })
}

// announcement returns the call that announces a message, by the best that the home
// has, and what to say of it; ok is false when it has nothing.
func announcement(d directory, message string) (call home.ServiceCall, done phrase.Phrase, ok bool) {
	text := home.Field{Name: "message", Value: home.Text(message)}
	if satellites := able(d.of("assist_satellite"), satelliteAnnounces); len(satellites) > 0 {
		return home.ServiceCall{Domain: "assist_satellite", Service: "announce", Targets: satellites, Data: home.Fields{text}}, phrase.Announced, true
	}
	voices, players := able(d.of("tts"), 0), able(d.of("media_player"), mediaAnnounces)
	if len(voices) > 0 && len(players) > 0 {
		ids := make([]string, len(players))
		for i, id := range players {
			ids[i] = string(id)
		}
		return home.CallOn(voices[0], "tts", "speak", text, home.Field{Name: "media_player_entity_id", Value: home.Texts(ids...)}), phrase.Announced, true
	}
	if notifiers := able(d.of("notify"), 0); len(notifiers) > 0 {
		return home.ServiceCall{Domain: "notify", Service: "send_message", Targets: notifiers, Data: home.Fields{text}}, phrase.Notified, true
	}
	return home.ServiceCall{}, 0, false
}

// able returns those that the home can reach and that have a feature, 0 for any.
func able(states []home.State, feature home.Feature) []home.EntityID {
	var ids []home.EntityID
	for _, state := range states {
		if state.Available() && does(state, feature) {
			ids = append(ids, state.ID)
		}
	}
	slices.Sort(ids)
	return ids
}
