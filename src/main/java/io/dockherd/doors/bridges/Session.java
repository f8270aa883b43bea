package io.dockherd.doors.bridges;

import io.dockherd.access.Gate;
import io.dockherd.access.Identity;
import io.dockherd.failure.Failure;
import io.dockherd.telemetry.Log;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One client of a bridge: takes its messages in order, each once {@link Gate} and {@link
 * BridgeAddresses} allow it, and brings it answers and events.
 *
 * <p>Messages are taken on a virtual thread of the session's own; no more of them than {@link
 * BridgeSettings} says are anywhere between the client and an answer.
 */
final class Session {
  private static final Log LOG = Log.of(Session.class);

  /** A client that has not read anything for so long has gone. */
  private static final Duration READ_LIMIT = Duration.ofSeconds(30);

  private final Bridge bridge;
  private final Line line;
  private final Context context;
  private final Identity who;
  private final Map<String, MessageConsumer<Object>> listening = new HashMap<>();
  private final Semaphore places;

  /** Guarded by itself: what came in and has not been looked at; who looks at it. */
  private final Queue<Buffer> inbox = new ArrayDeque<>();

  private int inboxBytes;
  private boolean isWorking;
  private boolean isPaused;
  private volatile boolean isOver;

  /** A session on the event loop of {@code line}, which is {@code context}'s. */
  Session(Bridge bridge, Line line, Context context, Identity who) {
    this.bridge = bridge;
    this.line = line;
    this.context = context;
    this.who = who;
    this.places = new Semaphore(bridge.settings().inWork());
  }

  /** On the event loop: the client sent a message. */
  void take(Buffer text) {
    if (isOver) {
      return;
    }
    synchronized (inbox) {
      inbox.add(text);
      inboxBytes += text.length();
      if (!isPaused && isInboxFull()) {
        isPaused = true;
        line.pause();
      }
      if (!isWorking) {
        isWorking = true;
        Thread.ofVirtual().name("bridge-session").start(this::work);
      }
    }
  }

  private boolean isInboxFull() {
    return inboxBytes >= bridge.settings().messageBytes()
        || inbox.size() >= bridge.settings().inWork();
  }

  /** The connection is gone. */
  void end() {
    isOver = true;
    synchronized (inbox) {
      inbox.clear();
      inboxBytes = 0;
    }
    synchronized (listening) {
      listening.values().forEach(MessageConsumer::unregister);
      listening.clear();
    }
  }

  private void work() {
    try {
      for (Optional<Buffer> text = next(); text.isPresent(); text = next()) {
        awaitRoom();
        serve(text.get());
      }
    } catch (InterruptedException e) {
      LOG.debug("a bridge's session was interrupted", "client", who.origin());
    }
  }

  /** The next message; when there is none, the next one that comes starts work anew. */
  private Optional<Buffer> next() {
    synchronized (inbox) {
      Buffer text = inbox.poll();
      if (text == null) {
        isWorking = false;
        return Optional.empty();
      }
      inboxBytes -= text.length();
      if (isPaused && !isInboxFull()) {
        isPaused = false;
        context.runOnContext(go -> line.resume());
      }
      return Optional.of(text);
    }
  }

  /** What the client gets to hear waits for it to read; so it is asked to read before it asks. */
  private void awaitRoom() throws InterruptedException {
    CountDownLatch room = new CountDownLatch(1);
    context.runOnContext(
        go -> {
          if (line.isFull()) {
            line.onRoom(now -> room.countDown());
          } else {
            room.countDown();
          }
        });
    if (!room.await(READ_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      cutOff("it reads nothing");
    }
  }

  private void serve(Buffer text) throws InterruptedException {
    places.acquire();
    bridge.heldBytes().acquire(text.length());
    Runnable done =
        new Once(
            () -> {
              bridge.heldBytes().release(text.length());
              places.release();
            });
    boolean isAsking = false;
    try {
      isAsking = !isOver && perform(Request.of(bridge.texts().parse(text)), done);
    } catch (Failure e) {
      say(Answers.refused("", "invalid_json", e.explanation()));
    } finally {
      if (!isAsking) {
        done.run();
      }
    }
  }

  /** Does what a message wants; whether {@code done} will be run when an answer has come. */
  private boolean perform(Request request, Runnable done) {
    try {
      switch (request.type()) {
        case "send" -> {
          return send(request, done);
        }
        case "register" -> listen(request);
        case "unregister" -> stopListening(request);
        case "ping" -> {
          if (line.answersPings()) {
            say(new JsonObject().put("type", "pong"));
          }
        }
        case "publish" -> deny(request);
        default -> say(Answers.refused(request.replyAddress(), "unknown_type", request.type()));
      }
    } catch (Failure e) {
      say(Answers.refused(request.replyAddress(), "access_denied", e.explanation()));
    } catch (RuntimeException e) {
      // A body no codec takes, for one.
      say(Answers.refused(request.replyAddress(), "invalid_message", e.getMessage()));
    }
    return false;
  }

  private boolean send(Request request, Runnable done) {
    if (!bridge.addresses().maySendTo(request.address())) {
      deny(request);
      return false;
    }
    bridge.gate().admit(who, "bus.send", request.address());
    EventBus bus = bridge.bus();
    if (request.replyAddress().isEmpty()) {
      bus.send(request.address(), request.body(), request.options(bridge.settings(), who));
      return false;
    }
    bus.<Object>request(request.address(), request.body(), request.options(bridge.settings(), who))
        .onComplete(
            answer -> {
              say(Answers.message(line.messageType(), request.replyAddress(), answer));
              done.run();
            },
            failure -> {
              say(Answers.failed(request, failure));
              done.run();
            });
    return true;
  }

  private void listen(Request request) {
    String address = request.address();
    if (!bridge.addresses().mayListenTo(address)) {
      deny(request);
      return;
    }
    bridge.gate().admit(who, "bus.listen", address);
    synchronized (listening) {
      if (isOver) {
        return;
      }
      if (listening.containsKey(address)) {
        say(Answers.refused("", "address_already_registered", address));
        return;
      }
      listening.put(address, bridge.bus().consumer(address, this::deliver));
    }
  }

  private void stopListening(Request request) {
    synchronized (listening) {
      MessageConsumer<Object> consumer = listening.remove(request.address());
      if (consumer == null) {
        say(Answers.refused("", "unknown_address", request.address()));
      } else {
        consumer.unregister();
      }
    }
  }

  private void deliver(Message<Object> event) {
    JsonObject message = Answers.message(line.messageType(), event.address(), event);
    context.runOnContext(
        go -> {
          if (line.isFull()) {
            cutOff("it reads too slowly");
          } else if (!isOver) {
            line.send(message);
          }
        });
  }

  private void deny(Request request) {
    say(
        Answers.refused(
            request.replyAddress(),
            "access_denied",
            "this bridge does not let you " + request.type() + " at '" + request.address() + "'"));
  }

  private void say(JsonObject message) {
    context.runOnContext(
        go -> {
          if (!isOver) {
            line.send(message);
          }
        });
  }

  private void cutOff(String why) {
    if (!isOver) {
      LOG.warn("a bridge's client is cut off", "client", who.origin(), "why", why);
      end();
      context.runOnContext(go -> line.cut());
    }
  }
}
