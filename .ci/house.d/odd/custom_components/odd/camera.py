from pathlib import Path

import av
import numpy
from homeassistant.components.camera import Camera as CameraEntity
from homeassistant.components.camera import CameraEntityFeature, WebRTCAnswer
from homeassistant.components.demo import camera as demo
from homeassistant.exceptions import HomeAssistantError

from .device import Device, platform


def film(path):
    """Makes a film of ten seconds that gets lighter."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"g": "10"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for light in range(100):
            picture = numpy.full((180, 320, 3), 2 * light, numpy.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())


class Camera(Device, CameraEntity):
    """A camera; films says that there is something behind its stream."""

    features = CameraEntityFeature

    def __init__(self, name, films=False, **attributes):
        CameraEntity.__init__(self)
        Device.__init__(self, name, **attributes)
        self.films = films

    @property
    def available(self):
        return self._attr_available  # also when the film is over

    async def async_camera_image(self, width=None, height=None):
        picture = Path(demo.__file__).parent / "demo_0.jpg"
        return await self.hass.async_add_executor_job(picture.read_bytes)

    async def stream_source(self):
        if not self.films:
            return None
        path = Path(self.hass.config.path("film.mp4"))
        if not path.exists():
            await self.hass.async_add_executor_job(film, path)
        return str(path)

    async def async_turn_on(self):
        self.do(is_on=True)

    async def async_turn_off(self):
        self.do(is_on=False)


# What a camera answers to whatever it is offered (RFC 8866, RFC 8839).
ANSWER = """\
v=0
o=- 1 1 IN IP4 192.0.2.7
s=-
t=0 0
m=video 9 UDP/TLS/RTP/SAVPF 96
c=IN IP4 192.0.2.7
a=mid:0
a=sendonly
a=ice-ufrag:odd0
a=ice-pwd:odd0odd0odd0odd0odd0odd0
a=candidate:1 1 UDP 2130706431 192.0.2.7 50000 typ host
"""


class Negotiator(Camera):
    """A camera that speaks WebRTC by itself, and sends nothing. It refuses what is no offer."""

    async def async_handle_async_webrtc_offer(self, offer_sdp, session_id, send_message):
        if not offer_sdp.startswith("v=0"):
            raise HomeAssistantError("that is no offer")
        send_message(WebRTCAnswer(ANSWER.replace("\n", "\r\n")))

    async def async_on_webrtc_candidate(self, session_id, candidate):
        pass


def camera(negotiates=False, **definition):
    return (Negotiator if negotiates else Camera)(**definition)


async_setup_platform = platform(camera)
