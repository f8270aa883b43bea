package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.CommonFields;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.templates.Substitution;
import io.dockherd.doors.actions.templates.Template;
import io.dockherd.doors.actions.templates.TemplateName;
import io.dockherd.doors.actions.templates.Templates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The actions on templates: what there is, one of them, put one, take one back. */
final class TemplateActions {
  static final Field<String> NAME = Field.text("name", "the template's name; 'template' will do");

  private final Templates templates;

  private TemplateActions(Templates templates) {
    this.templates = templates;
  }

  static List<Action> all(Templates templates) {
    TemplateActions actions = new TemplateActions(templates);
    List<Field<?>> named = List.of(NAME, CreateContainer.TEMPLATE);
    return List.of(
        new TemplateAction(
            List.of("list-templates"), "template.list", false, List.of(), actions::list),
        new TemplateAction(List.of("get-template"), "template.get", false, named, actions::get),
        new TemplateAction(List.of("put-template"), "template.put", true, named, actions::put),
        new TemplateAction(
            List.of("delete-template"), "template.delete", true, named, actions::delete));
  }

  private Reply list(ActionRequest request) {
    JsonArray list = new JsonArray();
    templates
        .all()
        .forEach(
            (name, source) ->
                list.add(new JsonObject().put("name", name.value()).put("from", source.word())));
    return Reply.of(new JsonObject().put("status", "ok").put("templates", list));
  }

  private Reply get(ActionRequest request) {
    Template template = templates.get(name(request));
    JsonObject variables = new JsonObject();
    Substitution.variablesOf(template.document()).forEach(variables::put);
    return Reply.of(
        done(template.name())
            .put("from", template.source().word())
            .put("variables", variables)
            .put("body", template.document()));
  }

  private Reply put(ActionRequest request) {
    TemplateName name = name(request);
    templates.put(name, request.need(CommonFields.BODY), request.deadline().left());
    return Reply.of(done(name));
  }

  private Reply delete(ActionRequest request) {
    TemplateName name = name(request);
    templates.delete(name, request.deadline().left());
    return Reply.of(done(name));
  }

  private static TemplateName name(ActionRequest request) {
    return new TemplateName(
        request
            .get(NAME)
            .or(() -> request.get(CreateContainer.TEMPLATE))
            .orElseThrow(() -> Field.missing(NAME.name())));
  }

  private static JsonObject done(TemplateName name) {
    return new JsonObject().put("status", "ok").put("name", name.value());
  }
}
