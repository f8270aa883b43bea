package io.dockherd.herd.group;

import java.time.Duration;

/** One channel's place at this peer: sends for its participant, and takes what comes to it. */
final class Seat implements Channel {
  private static final Duration FOREVER = Duration.ofDays(1);

  private final String name;
  private final Participant participant;
  private final Post post;
  private final Questions questions;
  private final Mailbox mailbox;

  Seat(String name, Participant participant, Post post, Questions questions) {
    this.name = name;
    this.participant = participant;
    this.post = post;
    this.questions = questions;
    this.mailbox = new Mailbox(name);
  }

  @Override
  public void broadcast(byte[] message) {
    Duration limit = patience();
    long id = post.nextId();
    for (Peer peer : post.others()) {
      post.sendCounted(peer, Envelope.Kind.TELL, id, name, message, limit);
    }
  }

  @Override
  public void tell(PeerId to, byte[] message) {
    Duration limit = patience();
    long id = post.nextId();
    post.other(to)
        .ifPresent(peer -> post.sendCounted(peer, Envelope.Kind.TELL, id, name, message, limit));
  }

  /** A participant that waited for others' participants could wait for one that waits for it. */
  private Duration patience() {
    return Mailbox.isDelivering() ? Duration.ZERO : FOREVER;
  }

  @Override
  public byte[] ask(PeerId to, byte[] question, Duration limit) {
    long id = post.nextId();
    return questions.ask(
        to,
        id,
        limit,
        () -> {
          Peer peer = post.other(to).orElseThrow(() -> Questions.absent(to));
          post.sendCounted(peer, Envelope.Kind.QUESTION, id, name, question, limit);
        });
  }

  void see(View view) {
    mailbox.put(() -> participant.onView(view));
  }

  void hear(Peer from, Envelope message) {
    mailbox.put(
        () -> {
          try {
            participant.onMessage(from.id(), message.payload());
          } finally {
            post.taken(from, message);
          }
        });
  }

  void consider(Peer from, Envelope question) {
    Thread.ofVirtual()
        .name("group-answer")
        .start(
            () -> {
              Questions.Reply reply =
                  Questions.reply(name, participant, from.id(), question.payload());
              post.taken(from, question);
              post.answer(from, question.id(), name, reply);
            });
  }

  /** Runs once all that came before has been taken in. */
  void afterwards(Runnable mark) {
    mailbox.put(mark);
  }

  void close() {
    mailbox.close();
  }
}
