/** The volumes of the herd, as the Docker API shows and handles them. */
package io.dockherd.doors.docker.volumes;
