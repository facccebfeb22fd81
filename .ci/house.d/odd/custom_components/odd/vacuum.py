from homeassistant.components.vacuum import StateVacuumEntity, VacuumActivity, VacuumEntityFeature

from .device import Device, platform


class Vacuum(Device, StateVacuumEntity):
    features = VacuumEntityFeature

    def have(self, activity=None, **attributes):
        if activity is not None:
            self._attr_activity = VacuumActivity(activity)
        super().have(**attributes)

    async def async_start(self):
        self.do(activity="cleaning")

    async def async_pause(self):
        self.do(activity="paused")

    async def async_stop(self, **_):
        self.do(activity="idle")

    async def async_return_to_base(self, **_):
        self.do(activity="docked")

    async def async_set_fan_speed(self, fan_speed, **_):
        self.do(fan_speed=fan_speed)


async_setup_platform = platform(Vacuum)
