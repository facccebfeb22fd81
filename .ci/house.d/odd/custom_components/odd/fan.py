from homeassistant.components.fan import FanEntity, FanEntityFeature

from .device import Device, platform


class Fan(Device, FanEntity):
    features = FanEntityFeature
    _attr_is_on = False

    @property
    def is_on(self):
        return self._attr_is_on

    async def async_turn_on(self, percentage=None, preset_mode=None, **_):
        if percentage is None and self.supported_features & FanEntityFeature.SET_SPEED:
            percentage = 100
        self.do(is_on=True, percentage=percentage, preset_mode=preset_mode)

    async def async_turn_off(self, **_):
        self.do(is_on=False, percentage=0)

    async def async_set_percentage(self, percentage):
        self.do(is_on=percentage > 0, percentage=percentage)

    async def async_set_preset_mode(self, preset_mode):
        self.do(is_on=True, preset_mode=preset_mode)

    async def async_set_direction(self, direction):
        self.do(current_direction=direction)

    async def async_oscillate(self, oscillating):
        self.do(oscillating=oscillating)


async_setup_platform = platform(Fan)
