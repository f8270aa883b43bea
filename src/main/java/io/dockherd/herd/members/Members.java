package io.dockherd.herd.members;

import java.util.List;
import java.util.Optional;

/** The present members, as this one sees them: always at hand, never asked for over the network. */
public interface Members {
  /** This process. */
  Member self();

  /** All present members, this one included, by name. */
  List<Member> present();

  /** The present nodes, by name. */
  default List<Member> nodes() {
    return present().stream().filter(Member::isNode).toList();
  }

  /** The present member of that name. */
  default Optional<Member> named(String name) {
    return present().stream().filter(member -> member.name().equals(name)).findFirst();
  }

  /** Tells of comings and goings from now on, in order, on one virtual thread. */
  void listen(MembersListener listener);

  /** Follows comings and goings. The methods may wait. */
  interface MembersListener {
    /** A member is there whom we did not know; also for each one present when listening starts. */
    default void onJoined(Member member) {}

    /** A member has gone: left orderly, died, or can't be reached. */
    default void onLeft(Member member, boolean orderly) {}

    /** A present member says something else of itself: labels, a version. */
    default void onChanged(Member member) {}

    /** A split has healed and all members of the joined view are known. */
    default void onHealed() {}
  }
}
