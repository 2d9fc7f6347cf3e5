// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/film_menu.h"

#include "app/figure_export.h"
#include "app/opening.h"
#include "widgets/common/message_bar.h"
#include "widgets/viewmodel/film_player.h"
#include "widgets/viewmodel/film_source.h"

#include <QFileDialog>
#include <QMainWindow>

namespace headlens {

FilmMenu::FilmMenu(QMainWindow* window, const Parts& parts) : Menu(window, QT_TR_NOOP("Fil&m")), m_parts(parts)
{
    FilmPlayer* player = m_parts.player;
    add({QT_TR_NOOP("&Open a film…"), {}, [this] { choose(); }});
    add({QT_TR_NOOP("&Camera"), {}, [player] { player->open(QStringLiteral("camera:0")); }});
    add({QT_TR_NOOP("&Play or pause"), QKeySequence(Qt::Key_P),
         [player] { player->setPlaying(!player->isPlaying()); }});
    add({QT_TR_NOOP("One frame &back"), QKeySequence(Qt::ALT | Qt::Key_Left), [player] { player->step(-1); }});
    add({QT_TR_NOOP("One frame &forward"), QKeySequence(Qt::ALT | Qt::Key_Right), [player] { player->step(1); }});
    add({QT_TR_NOOP("&Export with the current map…"), {}, [this] { exportFilm(); }});
    add({QT_TR_NOOP("C&lose the film"), {}, [player] { player->close(); }});
}

void FilmMenu::choose()
{
    const QString path = QFileDialog::getOpenFileName(window(), tr("Open a film"), {},
                                                      filmFilter() + QStringLiteral(";;") + tr("All files (*)"));
    if (!path.isEmpty()) m_parts.player->open(path);
}

void FilmMenu::exportFilm()
{
    FilmPlayer* player = m_parts.player;
    if (!player->isOpen() || player->isCamera())
        return m_parts.messages->say(MessageBar::Kind::Warning, tr("Open a film first."));
    const QString path = QFileDialog::getSaveFileName(window(), tr("Export the film"), QStringLiteral("overlay.mp4"),
                                                      QStringLiteral("MP4 (*.mp4);;AVI (*.avi)"));
    if (path.isEmpty()) return;
    player->setPlaying(false);
    verbs::ExportFilm request;
    request.source = player->film().source;
    request.target = path.toStdString();
    request.look = m_parts.figures->request();
    m_parts.model->film()->write(request, [this, path](qint64 frames) {
        m_parts.messages->say(MessageBar::Kind::Info, tr("%n frames written to %1", nullptr, int(frames)).arg(path));
    });
}

} // namespace headlens
