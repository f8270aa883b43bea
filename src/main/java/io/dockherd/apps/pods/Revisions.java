package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.records.Records;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Finds the configuration a container was made by: in the records, else on its own labels. */
final class Revisions {
  private static final String PREFIX = "app-revisions";

  private final Records records;

  Revisions(Records records) {
    this.records = records;
  }

  /**
   * Empty when nobody knows it just now.
   *
   * @param document what a container of it says; "" when none does
   */
  Optional<Revision> find(AppPath path, RevisionId id, String document) {
    return records
        .get(PREFIX + path + "@" + id)
        .flatMap(record -> read(record.value()))
        .or(() -> onLabel(document))
        .filter(revision -> revision.path().equals(path) && revision.id().equals(id));
  }

  private static Optional<Revision> onLabel(String document) {
    try {
      return document.isEmpty() ? Optional.empty() : read(new JsonObject(document));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Revision> read(JsonObject json) {
    try {
      return Optional.of(Revision.of(json));
    } catch (Invalid e) {
      // Written by a version that knows more than this one.
      return Optional.empty();
    }
  }
}
