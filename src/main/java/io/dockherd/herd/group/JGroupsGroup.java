package io.dockherd.herd.group;

import io.dockherd.failure.Unreachable;
import io.dockherd.telemetry.Log;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.Receiver;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;

/**
 * A group over JGroups.
 *
 * <p><b>Order.</b> The library keeps the order of one sender's multicasts, and that of its unicasts
 * to one receiver, but none between the two. So nothing here is a multicast: a broadcast is one
 * unicast to each present peer, which over TCP it would be anyway, and the library's one numbering
 * for each pair of peers orders all.
 *
 * <p><b>Views and messages.</b> Each message names the view its sender had; see {@link Presence}
 * for what comes of it.
 *
 * <p><b>Back-pressure.</b> {@code tell} and {@code broadcast} wait when a peer's participant is a
 * {@link Window} behind; but never when called by a participant from {@code onView} or {@code
 * onMessage}, for two peers would then wait for each other.
 */
public final class JGroupsGroup implements Group {
  private static final Log LOG = Log.of(JGroupsGroup.class);

  private final GroupSettings settings;
  private final Finder finder;
  private final PeerId self;
  private final JChannel channel;
  private final Presence presence;
  private final Questions questions = new Questions();
  private final Post post;
  private final Map<String, Seat> seats = new ConcurrentHashMap<>();
  private final Quiet rubbish = new Quiet(Duration.ofSeconds(10));

  /**
   * A group that has not joined yet; nothing listens before {@link #join}.
   *
   * @param finder where others may be; closed with the group
   * @param tls mutual TLS with its key and trust managers; empty for plaintext
   */
  public JGroupsGroup(GroupSettings settings, Finder finder, Optional<SSLContext> tls) {
    Vocabulary.confine();
    UUID address = UUID.randomUUID();
    this.self = new PeerId(address.toStringLong());
    this.settings = settings;
    this.finder = finder;
    this.presence =
        new Presence(self, settings.windowBytes(), settings.messageBytes(), new Inside());
    try {
      channel = new Wiring(Stack.build(address, settings, finder, tls));
    } catch (Exception e) {
      throw new IllegalStateException("the group's protocols don't fit together", e);
    }
    post = new Post(channel, presence, settings.messageBytes());
    channel.setName(self.value().substring(self.value().length() - 8));
    channel.setDiscardOwnMessages(true);
    channel.addAddressGenerator(() -> address);
    channel.setReceiver(new Ear());
  }

  @Override
  public PeerId self() {
    return self;
  }

  @Override
  public Channel open(String name, Participant participant) {
    Seat seat = new Seat(name, participant, post, questions);
    if (seats.putIfAbsent(name, seat) != null) {
      throw new IllegalStateException("channel " + name + " is open already");
    }
    return seat;
  }

  /**
   * {@inheritDoc}
   *
   * @throws Unreachable when the address can't be listened on
   */
  @Override
  public void join() {
    try {
      channel.connect(settings.herd());
    } catch (Exception e) {
      channel.close();
      throw new Unreachable(
          settings.listen().toString(),
          "the group can't listen on " + settings.listen() + ": " + e.getMessage(),
          "is the address this host's, and the port free?",
          e);
    }
    List<CompletableFuture<Void>> delivered = new ArrayList<>();
    for (Seat seat : seats.values()) {
      CompletableFuture<Void> mark = new CompletableFuture<>();
      seat.afterwards(() -> mark.complete(null));
      delivered.add(mark);
    }
    delivered.forEach(CompletableFuture::join);
  }

  /** Where this peer listens; with the port it got when it asked for any. Known once joined. */
  public InetSocketAddress address() {
    PhysicalAddress at = channel.stack().getTransport().localPhysicalAddress();
    IpAddress ip = (IpAddress) at;
    return new InetSocketAddress(ip.getIpAddress(), ip.getPort());
  }

  @Override
  public View view() {
    return presence.view();
  }

  @Override
  public void close() {
    channel.close();
    finder.close();
    seats.values().forEach(Seat::close);
    presence.close();
    questions.close();
  }

  /** The library's channel, for tests that break it. */
  JChannel library() {
    return channel;
  }

  /** What the library calls. It must not wait here: other peers' messages come on these threads. */
  private final class Ear implements Receiver {
    @Override
    public void viewAccepted(org.jgroups.View view) {
      presence.install(view);
    }

    @Override
    public void receive(Message message) {
      PeerId from = Presence.id(message.getSrc());
      try {
        presence.arrive(
            from, Envelope.read(message.getArray(), message.getOffset(), message.getLength()));
      } catch (RuntimeException e) {
        rubbish.say(
            alike ->
                LOG.warn("a message can't be read", "peer", from, "reason", e, "alike", alike));
      }
    }
  }

  /** Takes views and whole messages to where they belong; must not wait either. */
  private final class Inside implements Presence.Sink {
    @Override
    public void step(View view) {
      seats.values().forEach(seat -> seat.see(view));
      view.left().forEach(questions::left);
    }

    @Override
    public void send(Peer to, Envelope.Kind kind) {
      post.send(to, kind, 0, "", new byte[0]);
    }

    @Override
    public void deliver(Peer from, Envelope message) {
      switch (message.kind()) {
        case GRANT ->
            from.window(message.channel()).grant(ByteBuffer.wrap(message.payload()).getLong());
        case ANSWER -> questions.answered(from.id(), message.id(), message.payload());
        case FAILURE -> questions.failed(from.id(), message.id(), message.payload());
        case TELL, QUESTION -> forSeat(from, message);
        case PRESENCE -> LOG.debug("presence confirmed", "peer", from.id());
      }
    }

    private void forSeat(Peer from, Envelope message) {
      Seat seat = seats.get(message.channel());
      if (seat == null) {
        rubbish.say(alike -> unknownChannel(message.channel(), alike));
        post.taken(from, message);
      } else if (message.kind() == Envelope.Kind.TELL) {
        seat.hear(from, message);
      } else {
        seat.consider(from, message);
      }
    }

    private void unknownChannel(String channel, long alike) {
      LOG.warn("a message for a channel we don't know", "channel", channel, "alike", alike);
    }
  }
}
