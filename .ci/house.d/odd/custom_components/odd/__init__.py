"""Devices with any combination of features, each as configuration.yaml says.

    odd:
      fan:
        - name: Only Swings
          features: [OSCILLATE]
          oscillating: false

They do at once what they are told. Besides a name and features, a device has
the attributes of its Home Assistant entity class, without "_attr_", and those
that device.py explains. memory.py brings them, and all others, back to how they
were.
"""

from homeassistant.helpers import entity_registry
from homeassistant.helpers.discovery import async_load_platform

from . import memory



def rename(hass, domain, unique_id, name):
    """Gives an entity another id, as people do in the user interface."""
    registry = entity_registry.async_get(hass)
    entity_id = registry.async_get_or_create(domain, domain, unique_id).entity_id
    if entity_id != (new := f"{domain}.{name}"):
        registry.async_update_entity(entity_id, new_entity_id=new)


async def async_setup(hass, config):
    memory.setup(hass)
    rename(hass, "script", "first_name", "second_name")
    for domain, devices in config["odd"].items():
        await async_load_platform(hass, domain, "odd", {"devices": devices}, config)
    return True
