/**
 * A project as values: what a canonical tree says, typed. Way in: {@link
 * io.dockherd.compose.model.ProjectReader}. Pure; knows nothing of files.
 */
package io.dockherd.compose.model;
