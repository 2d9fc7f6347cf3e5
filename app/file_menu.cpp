// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/file_menu.h"

#include "app/action_names.h"
#include "app/app_settings.h"
#include "app/figure_export.h"
#include "app/model_files.h"
#include "app/model_words.h"
#include "app/openings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QAction>
#include <QFileInfo>
#include <QMainWindow>
#include <QMenu>

namespace headlens {

FileMenu::FileMenu(QMainWindow* window, const Parts& parts) : Menu(window, QT_TR_NOOP("&File")), m_parts(parts)
{
    buildOpening();
    add({QT_TR_NOOP("&Set what the model file cannot say…"), {}, [this] { m_parts.files->changeSettings(); }});
    add({QT_TR_NOOP("Con&vert to safetensors…"), {}, [this] { m_parts.files->convert(); }});
    buildRecent(QT_TR_NOOP("&Recent pictures"), QStringLiteral("pictures"));
    buildRecent(QT_TR_NOOP("Recent m&odels"), QStringLiteral("models"));
    add({QT_TR_NOOP("P&aste"), QKeySequence::Paste, [this] { m_parts.openings->paste(); }});
    buildExport();
    add({QT_TR_NOOP("&Quit"), QKeySequence::Quit, [window] { window->close(); }});
}

void FileMenu::buildOpening()
{
    add({QT_TR_NOOP("Open &pictures…"), QKeySequence::Open, [this] { m_parts.openings->choosePictures(); }});
    add({QT_TR_NOOP("Open &model folder…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
         [this] { m_parts.openings->chooseModel(true); }});
    add({QT_TR_NOOP("Open model fi&le…"), {}, [this] { m_parts.openings->chooseModel(false); }});
    QMenu* embedded = submenu(QT_TR_NOOP("&Embedded models"));
    connect(embedded, &QMenu::aboutToShow, this, [this, embedded] { fillEmbedded(embedded); });
}

void FileMenu::buildExport()
{
    add(m_parts.figure, QT_TR_NOOP("Export &figure…"));
    QMenu* exports = submenu(QT_TR_NOOP("E&xport"));
    const auto kind = [this](const char* what) {
        return [this, what] { m_parts.figures->choose(QString::fromLatin1(what)); };
    };
    add(exports, {QT_TR_NOOP("Current &map…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
                  [this] { m_parts.figures->choose(m_parts.figures->shownKind()); }});
    add(exports, {QT_TR_NOOP("Head &grid…"), {}, kind("grid")});
    add(exports, {QT_TR_NOOP("Current &row…"), {}, kind("row")});
    add(exports, {QT_TR_NOOP("Whole matri&x…"), {}, kind("matrix")});
    add(exports, {QT_TR_NOOP("&Bias of relative positions…"), {}, kind("bias")});
    add(exports, {QT_TR_NOOP("&Principal components…"), {}, kind("pca")});
    add(exports, {QT_TR_NOOP("Re&construction…"), {}, kind("reconstruction")});
}

void FileMenu::buildRecent(const char* title, const QString& kind)
{
    QMenu* recent = submenu(title);
    connect(recent, &QMenu::aboutToShow, this, [this, recent, kind] { fillRecent(recent, kind); });
}

// Those that come along, and those the person installed.
void FileMenu::fillEmbedded(QMenu* menu)
{
    menu->clear();
    for (const verbs::EmbeddedModel& model : m_parts.model->loader()->embeddedModels()) {
        const QString name = QString::fromStdString(model.name);
        QAction* action = menu->addAction(name, this, [this, name] { m_parts.openings->openModel(name); });
        setThing(action,
                 {name,
                  {},
                  modelWords(model.title),
                  {modelWords(model.shows), QString::fromStdString(model.title), QString::fromStdString(model.shows)}});
    }
}

void FileMenu::fillRecent(QMenu* menu, const QString& kind)
{
    menu->clear();
    for (const QString& path : m_parts.settings->recent(kind)) {
        QAction* action =
            menu->addAction(path, this, [this, path] { m_parts.openings->open(openingOf(QStringList{path})); });
        action->setEnabled(QFileInfo::exists(path)); // vanished ones stay readable, greyed
        const QFileInfo file(path);
        setThing(action, {path, file.fileName(), file.path(), {}});
    }
    if (menu->isEmpty()) menu->addAction(tr("Nothing yet"))->setEnabled(false);
    menu->addSeparator();
    QAction* forget = menu->addAction(tr("Forget these"), this, [this, kind] { m_parts.settings->forgetRecent(kind); });
    setSourceText(forget, metaObject()->className(), "Forget these");
}

} // namespace headlens
