/** What the Docker API says of the herd as a whole. */
package io.dockherd.doors.docker.system;
