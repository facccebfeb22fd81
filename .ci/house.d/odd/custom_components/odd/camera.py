from pathlib import Path

import av
import numpy
from homeassistant.components.camera import Camera as CameraEntity
from homeassistant.components.camera import CameraEntityFeature
from homeassistant.components.demo import camera as demo

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


async_setup_platform = platform(Camera)
