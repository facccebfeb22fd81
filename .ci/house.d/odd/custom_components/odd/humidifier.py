from homeassistant.components.humidifier import HumidifierEntity, HumidifierEntityFeature

from .device import Device, platform


class Humidifier(Device, HumidifierEntity):
    features = HumidifierEntityFeature

    async def async_turn_on(self, **_):
        self.do(is_on=True)

    async def async_turn_off(self, **_):
        self.do(is_on=False)

    async def async_set_humidity(self, humidity):
        self.do(target_humidity=humidity)

    async def async_set_mode(self, mode):
        self.do(mode=mode)


async_setup_platform = platform(Humidifier)
