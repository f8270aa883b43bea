package io.dockherd.herd.records;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.group.Channel;
import io.dockherd.herd.group.PeerId;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gets a write to its key's steward, whoever that is, and again to the next one when the electorate
 * changes meanwhile: the request's id makes that safe.
 */
final class Writers {
  private static final String REMEDY =
      "it may or may not have been written: read it before writing again";

  private static final Duration PAUSE = Duration.ofMillis(25);

  private final PeerId self;
  private final Council council;
  private final Stewardship stewardship;
  private final Keeper keeper;
  private final Channel channel;

  Writers(PeerId self, Council council, Stewardship stewardship, Keeper keeper, Channel channel) {
    this.self = self;
    this.council = council;
    this.stewardship = stewardship;
    this.keeper = keeper;
    this.channel = channel;
  }

  /**
   * The version that was written; empty when there was nothing to delete.
   *
   * @throws Conflict when the key holds another version than expected
   * @throws Refused when the steward can't write
   * @throws TimedOut when it is not known whether it was written
   */
  Optional<Version> write(
      String key, Optional<Buffer> value, Optional<Version> expected, Duration limit) {
    String request = UUID.randomUUID().toString();
    Deadline deadline = Deadline.in(limit);
    String reason = "no node looks after it";
    boolean isDoubtful = false;
    while (!deadline.hasPassed() && !Thread.currentThread().isInterrupted()) {
      Electorate electorate = council.electorate();
      Optional<PeerId> steward = electorate.steward(key).map(Electorate.Voter::peer);
      if (steward.isPresent()) {
        var write = new RecordsQuestion.Write(request, key, value, expected, forSteward(deadline));
        switch (ask(steward.get(), write, deadline)) {
          case WriteAnswer.Done(Optional<Revision> written) -> {
            return written.map(Revision::version);
          }
          case WriteAnswer.Before(Version version) -> {
            return Optional.of(version);
          }
          case WriteAnswer.Overtaken(Version now) -> {
            throw isDoubtful ? doubtful(key) : overtaken(key, now);
          }
          case WriteAnswer.Failed(String why, String remedy) -> throw new Refused(key, why, remedy);
          case WriteAnswer.Late(String why) -> {
            reason = why;
            isDoubtful = true;
          }
          case WriteAnswer.NotSteward() -> reason = "its steward was changing";
        }
      }
      council.awaitOther(electorate, deadline.atMost(PAUSE));
    }
    throw new TimedOut(
        key,
        "the record " + key + " was not written in " + limit.toMillis() + " ms: " + reason,
        REMEDY);
  }

  /**
   * A steward that did not answer may have written it, and others so often since that the next one
   * knows nothing of this request any more: it may have been done or overtaken.
   */
  private static TimedOut doubtful(String key) {
    return new TimedOut(
        key, "the record " + key + " was written by others while its steward changed", REMEDY);
  }

  private WriteAnswer ask(PeerId steward, RecordsQuestion.Write write, Deadline deadline) {
    if (steward.equals(self)) {
      return stewardship.write(write, deadline);
    }
    try {
      byte[] question = RecordsCodec.encode(write);
      WriteAnswer answer = RecordsCodec.answer(channel.ask(steward, question, deadline.left()));
      if (answer instanceof WriteAnswer.Done(Optional<Revision> written)) {
        // So that this node reads what it has written, though the steward's word may come later.
        // The steward's word has it stored here, too.
        written.ifPresent(revision -> keeper.take(write.key(), Lineage.of(List.of(revision))));
      }
      return answer;
    } catch (Unreachable e) {
      return new WriteAnswer.Late("its steward has gone");
    } catch (TimedOut e) {
      return new WriteAnswer.Late("its steward did not answer");
    }
  }

  /** A little less than is left, so that the steward's own answer comes in time. */
  private static int forSteward(Deadline deadline) {
    return (int) Math.min(Integer.MAX_VALUE, deadline.left().toMillis() * 9 / 10);
  }

  private static Conflict overtaken(String key, Version now) {
    return new Conflict(
        key,
        now.equals(Version.NONE)
            ? "the record " + key + " is not there any more"
            : "the record " + key + " was written meanwhile by " + now.node(),
        "read it and try again");
  }
}
