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

from homeassistant.helpers.discovery import async_load_platform

from . import memory


async def async_setup(hass, config):
    memory.setup(hass)
    for domain, devices in config["odd"].items():
        await async_load_platform(hass, domain, "odd", {"devices": devices}, config)
    return True
