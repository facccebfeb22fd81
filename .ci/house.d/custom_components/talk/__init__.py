"""Agents that try the patience of anyone who talks to them.

Each is an entity, conversation.NAME. Its attributes tell how often it was asked
(asked) and with what it was last (text, language, device, satellite,
conversation, continued: whether it had been in that conversation before).

    slow      answers after twelve seconds
    raises    ends with an exception that nobody foresaw
    fails     ends with an error that Home Assistant makes an answer of
    markup    says what looks like markup, and control characters
    endless   says 20,000 characters
    silent    says nothing
    asks      asks back and waits for an answer, and says what it was answered
    where     says which device and which satellite heard it
"""

import asyncio

from homeassistant.components.conversation import ConversationEntity, ConversationResult
from homeassistant.components.conversation.const import DATA_COMPONENT
from homeassistant.const import MATCH_ALL
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import intent
from homeassistant.helpers.chat_session import async_get_chat_session


async def slow(agent, said):
    await asyncio.sleep(12)
    return "I have thought about it for twelve seconds."


async def raises(agent, said):
    raise RuntimeError("secret-of-the-agent")


async def fails(agent, said):
    raise HomeAssistantError("The agent's key secret-of-the-agent has expired")


async def markup(agent, said):
    return '<b>21 & "more"</b> </speak><audio src=\'x\'/> ]]> &amp; <!-- a\x00\x07\x1b[31m\ufffe 😀 \u2028 end'


async def endless(agent, said):
    return "The kitchen has 21 degrees. " * 715


async def silent(agent, said):
    return ""


async def asks(agent, said):
    if agent.continued:
        return f"You said {said.text}."
    return "Which colour do you want?"


async def where(agent, said):
    return f"Device {said.device_id}, satellite {said.satellite_id}, language {said.language}."


class Agent(ConversationEntity):
    """An agent that answers as a function says."""

    supported_languages = MATCH_ALL

    def __init__(self, answer):
        self._answer = answer
        self._known = set()
        self.continued = False
        self.entity_id = f"conversation.{answer.__name__}"
        self._attr_name = answer.__name__
        self._attr_extra_state_attributes = {"asked": 0}

    async def async_process(self, said):
        with async_get_chat_session(self.hass, said.conversation_id, context=said.context) as session:
            conversation = session.conversation_id
        self.continued = conversation in self._known
        self._known.add(conversation)
        self._attr_extra_state_attributes = {
            "asked": self._attr_extra_state_attributes["asked"] + 1,
            "text": said.text,
            "language": said.language,
            "device": said.device_id,
            "satellite": said.satellite_id,
            "conversation": conversation,
            "continued": self.continued,
        }
        self.async_write_ha_state()
        speech = await self._answer(self, said)
        response = intent.IntentResponse(language=said.language)
        if speech:
            response.async_set_speech(speech)
        return ConversationResult(
            response=response,
            conversation_id=conversation,
            continue_conversation=self._answer is asks and not self.continued,
        )


async def async_setup(hass, config):
    agents = [Agent(answer) for answer in (slow, raises, fails, markup, endless, silent, asks, where)]
    await hass.data[DATA_COMPONENT].async_add_entities(agents)
    return True
