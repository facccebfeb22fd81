"""Reads a SAM template on standard input and writes what CloudFormation makes of it.

AWS does this when a template is deployed; the moto server does not.
"""

import json
import sys

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoPolicies:
    """Stands for the managed policies of AWS, of which the template uses none."""

    @staticmethod
    def load():
        return {}


parameters = dict(argument.split("=", 1) for argument in sys.argv[1:])
json.dump(transform(yaml_parse(sys.stdin.read()), parameters, NoPolicies()), sys.stdout)
