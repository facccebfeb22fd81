from homeassistant.components.siren import SirenEntity, SirenEntityFeature

from .device import Device, platform


class Siren(Device, SirenEntity):
    features = SirenEntityFeature

    async def async_turn_on(self, **_):
        self.do(is_on=True)

    async def async_turn_off(self, **_):
        self.do(is_on=False)


async_setup_platform = platform(Siren)
