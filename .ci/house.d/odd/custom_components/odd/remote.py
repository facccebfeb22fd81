from homeassistant.components.remote import RemoteEntity, RemoteEntityFeature

from .device import Device, platform


class Remote(Device, RemoteEntity):
    features = RemoteEntityFeature

    async def async_turn_on(self, activity=None, **_):
        self.do(is_on=True, current_activity=activity)

    async def async_turn_off(self, activity=None, **_):
        self.do(is_on=False)

    async def async_send_command(self, command, **_):
        self.do()


async_setup_platform = platform(Remote)
