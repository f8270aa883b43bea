package io.dockherd.apps.pods;

import io.dockherd.apps.model.PodSpec;

/** Cgroups above those of a pod's containers, which bind them together. */
interface ParentCgroups {
  /** For engines where there can be none. */
  ParentCgroups NONE =
      new ParentCgroups() {
        @Override
        public String make(InstanceKey key, PodSpec.Resources limits, int containers) {
          return "";
        }

        @Override
        public void remove(InstanceKey key) {}
      };

  /**
   * Makes one with those limits.
   *
   * @return what containers name as their {@code CgroupParent}; "" where none is needed or can be
   *     had
   */
  String make(InstanceKey key, PodSpec.Resources limits, int containers);

  /** Removes it, after its containers. */
  void remove(InstanceKey key);
}
