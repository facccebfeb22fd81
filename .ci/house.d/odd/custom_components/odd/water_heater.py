from homeassistant.components.water_heater import WaterHeaterEntity, WaterHeaterEntityFeature

from .device import Device, platform


class WaterHeater(Device, WaterHeaterEntity):
    features = WaterHeaterEntityFeature

    async def async_set_temperature(self, temperature, **_):
        self.do(native_target_temperature=temperature)

    async def async_set_operation_mode(self, operation_mode):
        self.do(current_operation=operation_mode)

    async def async_turn_on(self, **_):
        self.do(current_operation=next(mode for mode in self.operation_list or ["electric"] if mode != "off"))

    async def async_turn_off(self, **_):
        self.do(current_operation="off")


async_setup_platform = platform(WaterHeater)
