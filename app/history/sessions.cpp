// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/sessions.h"

#include "app/app_settings.h"
#include "app/history/session_file.h"
#include "app/opening.h"
#include "widgets/common/message_bar.h"
#include "widgets/viewmodel/history.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/workbench.h"

#include <QFileDialog>
#include <QFileInfo>

#include <utility>

namespace headlens {

Sessions::Sessions(const Parts& parts) : QObject(parts.window), m_parts(parts)
{
    m_find = [this](const QString& title, const QString& wasAt) {
        return QFileDialog::getOpenFileName(m_parts.window, title, QFileInfo(wasAt).path());
    };
    connect(m_parts.bench, &Workbench::done, this, [this] {
        if (std::exchange(m_awaits, false)) tellDifferences();
    });
}

bool Sessions::open(const QString& path)
{
    const ReadSession read = readSession(path);
    if (!read.state) { // no problem that the next picture that opens takes back
        const bool kept = read.isDamaged && keepAsBad(path, Keep::Copy);
        m_parts.messages->say(MessageBar::Kind::Warning,
                              kept ? tr("%1 Nothing was changed; a copy was kept as %2.")
                                         .arg(read.problem, QFileInfo(path).fileName() + QStringLiteral(".bad"))
                                   : read.problem);
        return false;
    }
    m_path = QFileInfo(path).absoluteFilePath();
    m_figure = read.figure;
    if (m_figure) Q_EMIT figureRead(*m_figure);
    Q_EMIT panesRead(read.panes);
    m_parts.settings->addRecent(QStringLiteral("sessions"), m_path);
    restore(*read.state, tr("Session %1").arg(QFileInfo(path).completeBaseName()));
    return true;
}

void Sessions::restore(const WorkState& state, const QString& words)
{
    Q_EMIT opens();
    WorkState wanted = state;
    findWhatMoved(wanted);
    m_awaited = wanted;
    m_awaits = true;
    m_parts.history->jumpTo(wanted, words);
}

// Each is asked for once; what is not found is left out, the rest opens.
void Sessions::findWhatMoved(WorkState& state)
{
    m_missing.clear();
    const auto find = [this](QString& path, const QString& title) {
        if (!QFileInfo(path).isAbsolute() || QFileInfo::exists(path)) return; // embedded, without a file, or there
        const QString found = m_find(title, path);
        if (found.isEmpty()) m_missing << QFileInfo(path).fileName();
        path = found.isEmpty() ? QString() : QFileInfo(found).absoluteFilePath();
    };
    const auto title = [](const QString& path) {
        return tr("%1 is not where it was. Where is it now?").arg(QFileInfo(path).fileName());
    };
    if (m_parts.settings->engineCommand().isEmpty()) // otherwise models may lie on another computer
        find(state.model.path, title(state.model.path));
    if (state.input.bytes.isEmpty()) find(state.input.picture, title(state.input.picture));
}

// A file that is another one by now shows something else; that is said, and no reason to stop.
void Sessions::tellDifferences()
{
    const WorkState now = m_parts.bench->state();
    const auto differs = [](const QString& was, const QString& is) {
        return !was.isEmpty() && !is.isEmpty() && was != is;
    };
    QStringList changed;
    if (m_awaited.model.path == now.model.path && differs(m_awaited.model.sha256, now.model.sha256))
        changed << QFileInfo(now.model.path).fileName();
    if (m_awaited.input.picture == now.input.picture && differs(m_awaited.input.sha256, now.input.sha256))
        changed << QFileInfo(now.input.picture).fileName();
    if (!m_missing.isEmpty())
        m_parts.messages->say(MessageBar::Kind::Warning,
                              tr("Not found, so left out: %1").arg(m_missing.join(QLatin1String(", "))));
    else if (!changed.isEmpty())
        m_parts.messages->say(
            MessageBar::Kind::Warning,
            tr("Since the session was saved this file has changed, so what is shown may be another: %1")
                .arg(changed.join(QLatin1String(", "))));
}

void Sessions::choose()
{
    const QString path = QFileDialog::getOpenFileName(m_parts.window, tr("Open a session"), m_path, sessionFilter());
    if (!path.isEmpty()) open(path);
}

void Sessions::save()
{
    if (m_path.isEmpty()) return saveAs();
    saveTo(m_path);
}

void Sessions::saveAs()
{
    QString path =
        QFileDialog::getSaveFileName(m_parts.window, tr("Save the session"),
                                     m_path.isEmpty() ? QStringLiteral("session.headlens") : m_path, sessionFilter());
    if (path.isEmpty()) return;
    if (!isSession(path)) path += QStringLiteral(".headlens");
    saveTo(path);
}

bool Sessions::saveTo(const QString& path)
{
    MessageBar* messages = m_parts.messages;
    if (!m_parts.bench->model()->hasModel()) {
        messages->say(MessageBar::Kind::Warning, tr("Open a model first."));
        return false;
    }
    const QString whole = QFileInfo(path).absoluteFilePath();
    const QByteArray bytes = sessionBytes(m_parts.bench->state(), QFileInfo(whole).path(), m_figure, m_panes);
    if (bytes.isEmpty()) {
        messages->say(MessageBar::Kind::Problem, tr("The pasted picture is too large to be kept in a session. Save it "
                                                    "as a file, open that, then save the session."));
        return false;
    }
    if (!writeSession(whole, bytes)) {
        messages->say(MessageBar::Kind::Problem,
                      tr("%1 could not be written. Choose another folder or free some space.").arg(path));
        return false;
    }
    m_path = whole;
    m_parts.settings->addRecent(QStringLiteral("sessions"), m_path);
    messages->say(MessageBar::Kind::Info, tr("Saved as %1").arg(QFileInfo(path).fileName()));
    return true;
}

} // namespace headlens
