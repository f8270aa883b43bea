/**
 * The images of the herd, as the Docker API shows and handles them. One image of several nodes is
 * shown once; what changes it is done at every node that has it; what brings it is done at all, in
 * one stream ({@link io.dockherd.doors.docker.images.Chorus}).
 */
package io.dockherd.doors.docker.images;
