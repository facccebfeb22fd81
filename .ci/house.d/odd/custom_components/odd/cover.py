from homeassistant.components.cover import CoverEntity, CoverEntityFeature

from .device import Device, platform


class Cover(Device, CoverEntity):
    features = CoverEntityFeature

    def move(self, position):
        known = self.current_cover_position is not None
        self.do(
            is_closed=position == 0,
            current_cover_position=position if known else None,
            is_opening=False,
            is_closing=False,
        )

    async def async_open_cover(self, **_):
        self.move(100)

    async def async_close_cover(self, **_):
        self.move(0)

    async def async_set_cover_position(self, position, **_):
        self.move(position)

    async def async_stop_cover(self, **_):
        self.do(is_opening=False, is_closing=False)

    async def async_open_cover_tilt(self, **_):
        self.do(current_cover_tilt_position=100)

    async def async_close_cover_tilt(self, **_):
        self.do(current_cover_tilt_position=0)

    async def async_set_cover_tilt_position(self, tilt_position, **_):
        self.do(current_cover_tilt_position=tilt_position)

    async def async_stop_cover_tilt(self, **_):
        self.do()


async_setup_platform = platform(Cover)
