"""Brings devices back to how they once were, with all that they remember.

    odd.remember  {entity_id: [...], as: "found"}
    odd.restore   {entity_id: [...], as: "found"}

A light that is off remembers how bright it was, and no service of Home
Assistant's tells or sets that. These two keep and put back what an entity's
object holds, as far as it is plain data.
"""

from contextlib import suppress
from copy import deepcopy
from datetime import date, time, timedelta
from enum import Enum

from homeassistant.helpers.entity_component import DATA_INSTANCES

PLAIN = (type(None), bool, int, float, str, bytes, Enum, date, time, timedelta)

# What ends a demo device's way to where it was sent.
STOPS = ("async_stop_cover", "async_stop_cover_tilt", "async_stop_valve")


def plain(value):
    if isinstance(value, dict):
        return all(plain(item) for pair in value.items() for item in pair)
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(plain(item) for item in value)
    return isinstance(value, PLAIN)


def held(entity):
    return {name: value for name, value in vars(entity).items() if plain(value)}


def setup(hass):
    kept = {}

    def entities(call):
        for entity_id in call.data["entity_id"]:
            component = hass.data[DATA_INSTANCES].get(entity_id.split(".")[0])
            if component and (entity := component.get_entity(entity_id)):
                yield entity

    async def remember(call):
        for entity in entities(call):
            kept[call.data["as"], entity.entity_id] = deepcopy(held(entity))

    async def restore(call):
        for entity in entities(call):
            for stop in STOPS if entity.platform.platform_name == "demo" else ():
                with suppress(AttributeError, NotImplementedError):
                    await getattr(entity, stop)()
            was = deepcopy(kept[call.data["as"], entity.entity_id])
            for name in held(entity):
                del vars(entity)[name]
            vars(entity).update(was)
            entity.async_write_ha_state()

    hass.services.async_register("odd", "remember", remember)
    hass.services.async_register("odd", "restore", restore)
