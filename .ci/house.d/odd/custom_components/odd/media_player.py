from homeassistant.components.media_player import (
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
)

from .device import Device, now, platform


class MediaPlayer(Device, MediaPlayerEntity):
    features = MediaPlayerEntityFeature

    def have(self, state=None, **attributes):
        if state is not None:
            self._attr_state = MediaPlayerState(state)
        super().have(**attributes)

    async def async_turn_on(self):
        self.do(state="on")

    async def async_turn_off(self):
        self.do(state="off")

    async def async_set_volume_level(self, volume):
        self.do(volume_level=volume)

    async def async_volume_up(self):
        self.do(media_track=(self.media_track or 0) + 1)

    async def async_volume_down(self):
        self.do(media_track=(self.media_track or 0) - 1)

    async def async_mute_volume(self, mute):
        self.do(is_volume_muted=mute)

    async def async_media_play(self):
        self.do(state="playing")

    async def async_media_pause(self):
        self.do(state="paused")

    async def async_media_stop(self):
        self.do(state="idle")

    async def async_media_next_track(self):
        self.do(media_track=(self.media_track or 0) + 1)

    async def async_media_previous_track(self):
        self.do(media_track=(self.media_track or 0) - 1)

    async def async_media_seek(self, position):
        self.do(media_position=position, media_position_updated_at=now())

    async def async_play_media(self, media_type, media_id, **_):
        self.do(state="playing", media_content_type=media_type, media_content_id=media_id)

    async def async_select_source(self, source):
        self.do(source=source)

    async def async_select_sound_mode(self, sound_mode):
        self.do(sound_mode=sound_mode)


async_setup_platform = platform(MediaPlayer)
