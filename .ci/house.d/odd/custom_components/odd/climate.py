from homeassistant.components.climate import ClimateEntity, ClimateEntityFeature, HVACMode

from .device import Device, platform


class Climate(Device, ClimateEntity):
    features = ClimateEntityFeature
    _attr_hvac_mode = None
    _attr_hvac_modes = []

    def have(self, hvac_modes=None, hvac_mode=None, **attributes):
        if hvac_modes is not None:
            self._attr_hvac_modes = [HVACMode(mode) for mode in hvac_modes]
        if hvac_mode is not None:
            self._attr_hvac_mode = HVACMode(hvac_mode)
        super().have(**attributes)

    async def async_set_temperature(
        self, temperature=None, target_temp_low=None, target_temp_high=None, hvac_mode=None, **_
    ):
        self.do(
            native_target_temperature=temperature,
            native_target_temperature_low=target_temp_low,
            native_target_temperature_high=target_temp_high,
            hvac_mode=hvac_mode,
        )

    async def async_set_hvac_mode(self, hvac_mode):
        self.do(hvac_mode=hvac_mode)

    async def async_set_preset_mode(self, preset_mode):
        self.do(preset_mode=preset_mode)

    async def async_turn_on(self):
        self.do(hvac_mode=next(mode for mode in self.hvac_modes if mode != HVACMode.OFF))

    async def async_turn_off(self):
        self.do(hvac_mode=HVACMode.OFF)


async_setup_platform = platform(Climate)
