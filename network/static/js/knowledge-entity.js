/* Traditional knowledge in a text of the CMS: chosen by its neutral title, shown as a block of its own that says which
   part of it stands there. What is stored is the item's id and the part's name. A plain script, for Draftail is one. */
(() => {
  const { React, draftail } = window;
  const { ModalWorkflowSource, DraftUtils } = draftail;

  class KnowledgeSource extends ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.knowledgeChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    filterEntityData(item) {
      const { entity } = this.props;
      return { id: item.id, part: entity?.getData().part || "body", title: item.title };
    }
  }

  const KnowledgeBlock = ({ block, blockProps }) => {
    const { entity, entityType, editorState, onChange } = blockProps;
    const { title, part } = entity.getData();
    const choose = (event) => onChange(DraftUtils.updateBlockEntity(editorState, block, { part: event.target.value }));
    const stop = (event) => event.stopPropagation(); // keys here are no keys of the text
    const options = entityType.parts.map(({ value, label }) => React.createElement("option", { key: value, value }, label));
    return React.createElement(
      "div",
      { className: "knowledge-entity", contentEditable: false },
      React.createElement("strong", { dir: "auto" }, title),
      React.createElement(
        "select",
        { value: part, "aria-label": entityType.partLabel, onChange: choose, onKeyDown: stop, onMouseDown: stop },
        options,
      ),
    );
  };

  draftail.registerPlugin({ type: "KNOWLEDGE", source: KnowledgeSource, block: KnowledgeBlock }, "entityTypes");
})();
