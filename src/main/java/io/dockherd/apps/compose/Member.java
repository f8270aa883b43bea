package io.dockherd.apps.compose;

import io.dockherd.compose.model.Service;

/**
 * A container of a pod to be: a service, or one of the copies it runs in within one pod.
 *
 * @param number from 1
 */
record Member(Service service, int number) {
  /** Its name in the pod: {@code web}, {@code web-2}. */
  String name() {
    return number == 1 ? service.name() : service.name() + "-" + number;
  }
}
