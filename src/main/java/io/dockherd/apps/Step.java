package io.dockherd.apps;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.RevisionId;
import java.util.Objects;

/** One thing that is done to bring an app from what it is to what it is to be. */
public sealed interface Step {
  /** Whose app it is about. */
  AppPath path();

  /** As a person reads it. */
  String words();

  /** An instance is started on a node. */
  record Run(AppPath path, InstanceId id, RevisionId revision, String node, String reason)
      implements Step {
    public Run {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(revision, "revision");
      Objects.requireNonNull(node, "node");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String words() {
      return "run %s #%d of revision %s on %s (%s)"
          .formatted(path, id.slot(), revision, node, reason);
    }
  }

  /**
   * An instance gets no more work, is stopped and removed.
   *
   * @param isForGood whether nobody is to take its slot on that node: it is no more at home there
   */
  record Stop(
      AppPath path,
      InstanceId id,
      RevisionId revision,
      String node,
      String reason,
      boolean isForGood)
      implements Step {
    public Stop {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(revision, "revision");
      Objects.requireNonNull(node, "node");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String words() {
      return "stop %s #%d of revision %s on %s (%s)"
          .formatted(path, id.slot(), revision, node, reason);
    }
  }

  /** What is left of an instance that has ended is removed. */
  record Clear(AppPath path, InstanceId id, String node) implements Step {
    public Clear {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(node, "node");
    }

    @Override
    public String words() {
      return "clear away %s #%d on %s".formatted(path, id.slot(), node);
    }
  }

  /** The app's rollout is through. */
  record Settle(AppPath path) implements Step {
    @Override
    public String words() {
      return path + " is as it is to be";
    }
  }

  /** The app's rollout has failed and stays as it is. */
  record Pause(AppPath path, String reason) implements Step {
    @Override
    public String words() {
      return "pause the rollout of " + path + ": " + reason;
    }
  }

  /** The app's rollout has failed and it goes back. */
  record RollBack(AppPath path, RevisionId to, String reason) implements Step {
    @Override
    public String words() {
      return "roll " + path + " back to " + to + ": " + reason;
    }
  }
}
