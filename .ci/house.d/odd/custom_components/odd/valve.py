from homeassistant.components.valve import ValveEntity, ValveEntityFeature

from .device import Device, platform


class Valve(Device, ValveEntity):
    features = ValveEntityFeature
    _attr_reports_position = False

    async def async_open_valve(self):
        self.do(is_closed=False, current_valve_position=100 if self.reports_position else None)

    async def async_close_valve(self):
        self.do(is_closed=True, current_valve_position=0 if self.reports_position else None)

    async def async_set_valve_position(self, position):
        self.do(is_closed=position == 0, current_valve_position=position)

    async def async_stop_valve(self):
        self.do(is_opening=False, is_closing=False)


async_setup_platform = platform(Valve)
