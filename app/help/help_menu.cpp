// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/help/help_menu.h"

#include "app/help/help_window.h"
#include "app/workspaces.h"
#include "widgets/client/engine_client.h"

#include <QAction>
#include <QCoreApplication>
#include <QIcon>
#include <QMainWindow>
#include <QMessageBox>

namespace headlens {

HelpMenu::HelpMenu(QMainWindow* window, const Parts& parts) : Menu(window, QT_TR_NOOP("Hel&p")), m_parts(parts)
{
    add({QT_TR_NOOP("&Keys and gestures"), {}, [this] { m_parts.help->showKeys(); }})
        ->setShortcuts({QKeySequence(Qt::Key_F1), QKeySequence(QStringLiteral("?"))});
    add({QT_TR_NOOP("&Glossary"), {}, [this] { m_parts.help->showGlossary(); }});
    add({QT_TR_NOOP("&Lessons"), {}, [this] { m_parts.workspaces->show(kLearnWorkspace); }});
    add({QT_TR_NOOP("&About HeadLens"), {}, [this] { showAbout(); }});
}

void HelpMenu::showAbout()
{
    QStringList said{
        tr("HeadLens %1: a microscope for transformers. It never goes online.")
            .arg(QCoreApplication::applicationVersion()),
        tr("Free software under the GNU General Public License, version 3 or later; without any warranty.")};
    if (m_parts.engine->isReady())
        said << tr("The engine computes with LibTorch %1.").arg(QString::fromStdString(m_parts.engine->hello().torch));
    auto* about = new QMessageBox(window());
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->setWindowTitle(tr("About HeadLens"));
    about->setText(said.join(QStringLiteral("\n\n")));
    constexpr int kIcon = 64;
    about->setIconPixmap(window()->windowIcon().pixmap(kIcon));
    about->open(); // the window goes on
}

} // namespace headlens
