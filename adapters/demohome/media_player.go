package demohome

import "time"

// Features of media players (MediaPlayerEntityFeature).
const (
	mediaPause        = 1
	mediaSeek         = 2
	mediaVolumeSet    = 4
	mediaVolumeMute   = 8
	mediaPrevious     = 16
	mediaNext         = 32
	mediaTurnOn       = 128
	mediaTurnOff      = 256
	mediaPlayMedia    = 512
	mediaVolumeStep   = 1024
	mediaSelectSource = 2048
	mediaStop         = 4096
	mediaPlay         = 16384
	mediaShuffle      = 32768
	mediaSelectSound  = 65536
	mediaRepeat       = 262144
)

// volumeStep is how much louder one step of the volume is.
const volumeStep = 0.1

// playing are the attributes that a media player has while it is not off.
var playing = []string{
	"app_name", "entity_picture", "is_volume_muted", "media_album_name", "media_artist", "media_content_id",
	"media_content_type", "media_duration", "media_episode", "media_position", "media_position_updated_at",
	"media_season", "media_series_title", "media_title", "media_track", "repeat", "shuffle", "sound_mode", "source", "volume_level",
}

func mediaPlayers() kind {
	return kind{
		live: playing,
		show: func(e *entity, shown map[string]any) {
			if e.state == "off" {
				for _, name := range playing {
					delete(shown, name)
				}
			}
			if e.state != "playing" {
				delete(shown, "media_position_updated_at")
			}
		},
		services: map[string]service{
			"turn_on":          {features: []int{mediaTurnOn}, do: play("playing")},
			"turn_off":         {features: []int{mediaTurnOff}, do: play("off")},
			"toggle":           {features: []int{mediaTurnOff | mediaTurnOn}, do: togglePlayer},
			"media_play":       {features: []int{mediaPlay}, do: play("playing")},
			"media_pause":      {features: []int{mediaPause}, do: play("paused")},
			"media_stop":       {features: []int{mediaStop}, do: play("off")},
			"media_play_pause": {features: []int{mediaPlay | mediaPause}, do: playOrPause},
			"volume_set": {
				fields: []field{need("volume_level", upTo(asFloat, 1))}, features: []int{mediaVolumeSet}, do: setAttribute("volume_level"),
			},
			"volume_up":   {features: []int{mediaVolumeSet, mediaVolumeStep}, do: louder(volumeStep)},
			"volume_down": {features: []int{mediaVolumeSet, mediaVolumeStep}, do: louder(-volumeStep)},
			"volume_mute": {
				fields: []field{need("is_volume_muted", asBool)}, features: []int{mediaVolumeMute}, do: setAttribute("is_volume_muted"),
			},
			"media_next_track":     {features: []int{mediaNext}, do: track(1)},
			"media_previous_track": {features: []int{mediaPrevious}, do: track(-1)},
			"media_seek": {
				fields: []field{need("seek_position", upTo(asFloat, 1e9))}, features: []int{mediaSeek},
				do: func(c *call, e *entity) error {
					e.set("media_position", c.int("seek_position"))
					e.set("media_position_updated_at", timestamp(c.house.now()))
					return c.report(e)
				},
			},
			// Home Assistant checks neither against the lists.
			"select_source": {
				fields: []field{need("source", asText)}, features: []int{mediaSelectSource}, do: setAttribute("source"),
			},
			"select_sound_mode": {
				fields: []field{need("sound_mode", asText)}, features: []int{mediaSelectSound}, do: setAttribute("sound_mode"),
			},
			"shuffle_set": {
				fields: []field{need("shuffle", asBool)}, features: []int{mediaShuffle}, do: setAttribute("shuffle"),
			},
			"repeat_set": {
				fields: []field{need("repeat", oneOf("all", "off", "one"))}, features: []int{mediaRepeat}, do: setAttribute("repeat"),
			},
			"play_media": {
				fields: []field{
					need("media_content_type", asText), need("media_content_id", asText),
					may("enqueue", anything), may("announce", asBool), may("extra", anything),
				},
				features: []int{mediaPlayMedia}, do: setAttribute("media_content_id"),
			},
		},
	}
}

// setAttribute takes over a field of the call as the attribute of that name.
func setAttribute(name string) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		e.set(name, c.data[name])
		return c.report(e)
	}
}

// play sets what a player is doing. Its position stands still while it is not
// playing.
func play(state string) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		now := c.house.now()
		if since, err := time.Parse(time.RFC3339, e.text("media_position_updated_at")); err == nil {
			if e.state == "playing" && state != "playing" {
				e.set("media_position", e.int("media_position")+int(now.Sub(since).Seconds()))
			}
			if e.state != state {
				e.set("media_position_updated_at", timestamp(now))
			}
		}
		e.state = state
		return c.report(e)
	}
}

func playOrPause(c *call, e *entity) error {
	if e.state == "playing" {
		return play("paused")(c, e)
	}
	return play("playing")(c, e)
}

func togglePlayer(c *call, e *entity) error {
	if e.state == "off" {
		return play("playing")(c, e)
	}
	return play("off")(c, e)
}

// louder changes the volume. A player that is off does not say so.
func louder(by float64) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		e.set("volume_level", min(max(e.number("volume_level")+by, 0), 1))
		return c.report(e)
	}
}

// track goes through the tracks, or the episodes, that the player knows.
func track(by int) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		if e.text("media_episode") != "" {
			n, _ := asInt(e.text("media_episode"))
			next := max(int(number(n))+by, 1)
			e.set("media_episode", text(next))
			e.set("media_title", "Chapter "+text(next))
			return c.report(e)
		}
		next := max(e.int("media_track")+by, 1)
		if next != e.int("media_track") {
			e.set("media_track", next)
			e.set("media_title", "Track "+text(next))
		}
		return c.report(e)
	}
}
