package io.dockherd.doors.actions;

import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Members that never change; the first is this one. */
public final class FixedMembers implements Members {
  private final List<Member> members;

  public FixedMembers(String... names) {
    members = Arrays.stream(names).map(FixedMembers::member).toList();
  }

  /** A node of that name. */
  public static Member member(String name) {
    return new Member(
        new PeerId("peer-" + name),
        Member.Kind.NODE,
        name,
        "127.0.0.1",
        7411,
        7412,
        7413,
        "0.1.0",
        new JsonObject().put("kind", "node").put("name", name));
  }

  @Override
  public Member self() {
    return members.getFirst();
  }

  @Override
  public List<Member> present() {
    return members.stream().sorted(Comparator.comparing(Member::name)).toList();
  }

  @Override
  public void listen(MembersListener listener) {
    members.forEach(listener::onJoined);
  }
}
