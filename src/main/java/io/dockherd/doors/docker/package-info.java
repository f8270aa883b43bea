/**
 * The Docker API of the whole herd: {@link io.dockherd.doors.docker.DockerDoor} finds the {@link
 * io.dockherd.doors.docker.Endpoint} for a request by {@link io.dockherd.doors.docker.Router}; the
 * endpoints are in the packages below, by what they are about.
 */
package io.dockherd.doors.docker;
