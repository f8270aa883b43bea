/**
 * {@code GET /events}: what happens in the whole herd, in the words of Docker and of classic Swarm.
 */
package io.dockherd.doors.docker.events;
