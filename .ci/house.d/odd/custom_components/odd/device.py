"""What all odd devices have in common."""

from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity import Entity
from homeassistant.util import dt as dt_util


class Device(Entity):
    """A device that is what its definition says.

    late      seconds after which it reports what it did; 0 for at once
    refuses   what it says when it declines whatever it is told; "" for never
    available false for one that cannot be reached
    """

    _attr_should_poll = False
    late = 0
    refuses = ""
    features = None  # the IntFlag of the entity class's features

    def __init__(self, name, features=(), late=0, refuses="", entity_id=None, **attributes):
        self._attr_name = name
        self.late, self.refuses = late, refuses
        if entity_id:
            self.entity_id = entity_id
        if self.features:
            self._attr_supported_features = self.features(0)
            for feature in features:
                self._attr_supported_features |= self.features[feature]
        self.have(**attributes)

    def have(self, **attributes):
        for name, value in attributes.items():
            setattr(self, "_attr_" + name, value)

    def become(self, attributes):
        self.have(**attributes)
        self.async_write_ha_state()

    def do(self, **attributes):
        """Does what it was told: takes on the attributes that are not None."""
        if self.refuses:
            raise HomeAssistantError(self.refuses)
        attributes = {name: value for name, value in attributes.items() if value is not None}
        if self.late:
            self.hass.loop.call_later(self.late, self.become, attributes)
        else:
            self.become(attributes)


def platform(device):
    """Returns a platform's setup, which makes such devices."""

    async def setup(hass, config, add_entities, discovery_info=None):
        add_entities(device(**definition) for definition in discovery_info["devices"])

    return setup


def now():
    return dt_util.utcnow()
