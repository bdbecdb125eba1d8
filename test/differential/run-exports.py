"""The reference readers of what runs are exported in, asked from tests: JSON in, JSON out. Nothing is asked of a network."""

import collections
import json
import sys

SCHEMA = "http://schema.org/"
# The terms that we write, each as RO-Crate 1.1 and the workflow-run terms define it: any other is found out.
TERMS = """CreativeWork Dataset CreateAction SoftwareApplication name description encodingFormat datePublished license
hasPart mentions about version startTime endTime instrument object result actionStatus error url softwareVersion
softwareRequirements contentSize""".split()
CONTEXTS = {
    "https://w3id.org/ro/crate/1.1/context": {
        **{term: SCHEMA + term for term in TERMS},
        "File": SCHEMA + "MediaObject",
        "conformsTo": "http://purl.org/dc/terms/conformsTo",
    },
    "https://w3id.org/ro/terms/workflow-run/context": {
        "sha256": "https://w3id.org/ro/terms/workflow-run#sha256"
    },
}


def ro_crate(place):
    """What the profile's validator finds, and what the library reads."""
    import requests
    from rdflib.plugins.shared.jsonld import context
    from rocrate.rocrate import ROCrate
    from rocrate_validator import models, services
    from rocrate_validator.utils.http import HttpRequester

    def get(_self, url, *_args, **_kwargs):
        answer = requests.Response()
        answer.status_code, answer.url = 200, url
        answer._content = json.dumps({"@context": CONTEXTS[url]}).encode()
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    def source_to_json(source, *args, _read=context.source_to_json, **kwargs):
        if isinstance(source, str) and source in CONTEXTS:
            return {"@context": CONTEXTS[source]}, None
        return _read(source, *args, **kwargs)

    HttpRequester.get = get
    context.source_to_json = source_to_json
    settings = services.ValidationSettings(
        rocrate_uri=place,
        profile_identifier="process-run-crate-0.5",
        requirement_severity=models.Severity.RECOMMENDED,
    )
    issues = services.validate(settings).get_issues()
    # Numbers of checks move from one release of the validator to the next; what they say does not.
    found = sorted({(issue.severity.name, issue.message) for issue in issues})
    crate = ROCrate(place)
    actions = [entity for entity in crate.get_entities() if entity.type == "CreateAction"]
    results = [action.get("result") or [] for action in actions]
    return {
        "issues": found,
        "results": [[one.id for one in (some if isinstance(some, list) else [some])] for some in results],
    }


def prov(text):
    """How many records of each kind are read, and whether they are the same when they are written and read again."""
    from prov.model import ProvDocument

    document = ProvDocument.deserialize(content=text, format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    kinds = collections.Counter(record.get_type().localpart for record in document.get_records())
    # PROV-N asks for names that can be written down.
    return {"kinds": kinds, "same": document == again, "notation": len(document.get_provn()) > 0}


def in_toto(text):
    """The subjects and dependencies that the framework's own messages hold; throws where a rule is broken."""
    import in_toto_attestation.v1.statement_pb2 as statement_pb2
    from google.protobuf import json_format
    from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
    from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
    from in_toto_attestation.v1.statement import Statement

    statement = json_format.Parse(text, statement_pb2.Statement())
    Statement.copy_from_pb(statement).validate()
    predicate = json.loads(text)["predicate"]
    known = {key: value for key, value in predicate.items() if not key.startswith("rung_")}
    provenance = json_format.ParseDict(known, provenance_pb2.Provenance())
    dependencies = provenance.build_definition.resolved_dependencies
    for one in [*dependencies, *provenance.run_details.byproducts]:
        ResourceDescriptor.copy_from_pb(one).validate()
    return {
        "subjects": [one.name for one in statement.subject],
        "dependencies": [one.name for one in dependencies],
        "started": provenance.run_details.metadata.started_on.ToJsonString(),
    }


def cyclonedx(text):
    """The first fault that the strict schema finds, or None; and the components that the library reads."""
    from cyclonedx.model.bom import Bom
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    bom = Bom.from_json(json.loads(text))
    return {"fault": fault and str(fault), "components": sorted(str(one.purl) for one in bom.components)}


QUESTIONS = {"ro-crate": ro_crate, "prov": prov, "in-toto": in_toto, "cyclonedx": cyclonedx}

if __name__ == "__main__":
    answers = [QUESTIONS[sys.argv[1]](about) for about in json.load(sys.stdin)]
    print(json.dumps(answers))
