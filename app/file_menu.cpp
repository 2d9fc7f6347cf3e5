// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/file_menu.h"

#include "app/action_names.h"
#include "app/app_settings.h"
#include "app/figure_export.h"
#include "app/history/sessions.h"
#include "app/model_files.h"
#include "app/openings.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>

#include <utility>

namespace headlens {

FileMenu::FileMenu(QMainWindow* window, Parts parts) : Menu(window, QT_TR_NOOP("&File")), m_parts(std::move(parts))
{
    buildOpening();
    add({QT_TR_NOOP("&Set what the model file cannot say…"), {}, [this] { m_parts.files->changeSettings(); }});
    add({QT_TR_NOOP("Con&vert to safetensors…"), {}, [this] { m_parts.files->convert(); }});
    buildRecent(QT_TR_NOOP("&Recent pictures"), QStringLiteral("pictures"));
    buildRecent(QT_TR_NOOP("Recent m&odels"), QStringLiteral("models"));
    buildSessions();
    buildExport();
    add({QT_TR_NOOP("&Quit"), QKeySequence::Quit, [window] { window->close(); }});
}

void FileMenu::buildOpening()
{
    m_inputOpenings << add(
        {QT_TR_NOOP("Open &pictures…"), QKeySequence::Open, [this] { m_parts.open.openings->choosePictures(); }});
    m_modelOpenings << add({QT_TR_NOOP("Open &model folder…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
                            [this] { m_parts.open.openings->chooseModel(true); }});
    m_modelOpenings << add(
        {QT_TR_NOOP("Open model fi&le…"), {}, [this] { m_parts.open.openings->chooseModel(false); }});
    QMenu* embedded = submenu(QT_TR_NOOP("&Embedded models"));
    connect(embedded, &QMenu::aboutToShow, this, [this, embedded] { // with those that the person installed
        embedded->clear();
        addEmbeddedLines(embedded, m_parts.open);
    });
}

void FileMenu::buildSessions()
{
    menu()->addSeparator();
    add({QT_TR_NOOP("Ope&n session…"), {}, [this] { m_parts.sessions->choose(); }});
    add({QT_TR_NOOP("Save sess&ion"), QKeySequence::Save, [this] { m_parts.sessions->save(); }});
    add({QT_TR_NOOP("Save session &as…"), {}, [this] { m_parts.sessions->saveAs(); }});
    buildRecent(QT_TR_NOOP("Re&cent sessions"), QStringLiteral("sessions"));
    menu()->addSeparator();
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

void FileMenu::fillRecent(QMenu* menu, const QString& kind)
{
    menu->clear();
    addRecentLines(menu, m_parts.open, kind);
    if (menu->isEmpty()) addNothingYet(menu);
    menu->addSeparator();
    AppSettings* settings = m_parts.open.settings;
    QAction* forget = menu->addAction(tr("Forget these"), this, [settings, kind] { settings->forgetRecent(kind); });
    setSourceText(forget, metaObject()->className(), "Forget these");
}

} // namespace headlens
