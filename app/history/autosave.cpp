// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/autosave.h"

#include "app/history/session_file.h"
#include "widgets/viewmodel/history.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/workbench.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

namespace headlens {
namespace {

constexpr int kOften = 30'000, kSoon = 2'000; // ms: at the latest, and after a step
constexpr int kMostLeftovers = 20;            // that are looked at

QString lockOf(const QString& file)
{
    return file + QStringLiteral(".lock");
}

} // namespace

Autosave::Autosave(Workbench* bench, History* history, const QString& folder, QObject* parent)
    : QObject(parent), m_bench(bench), m_folder(folder),
      m_file(QStringLiteral("%1/open-%2.headlens").arg(folder, QUuid::createUuid().toString(QUuid::Id128))),
      m_lock(lockOf(m_file))
{
    m_lock.setStaleLockTime(0); // held for as long as the process lives
    m_mine = QDir().mkpath(folder) && m_lock.tryLock(0);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    m_often.setInterval(kOften);
    connect(&m_soon, &QTimer::timeout, this, &Autosave::save);
    connect(&m_often, &QTimer::timeout, this, &Autosave::save);
    connect(history, &History::recorded, this, [this] {
        m_holds = false;
        if (!m_soon.isActive()) m_soon.start();
    });
    m_often.start();
}

Autosave::~Autosave()
{
    if (!m_mine) return;
    QFile::remove(m_file);
    m_lock.unlock();
}

void Autosave::save()
{
    if (!m_mine || m_holds || !m_bench->isReady()) return;
    WorkState now = m_bench->state();
    if (now == m_saved) return;
    const QByteArray bytes = sessionBytes(now, {});
    if (!bytes.isEmpty() && writeSession(m_file, bytes)) m_saved = std::move(now);
}

std::optional<WorkState> Autosave::takeLeftover()
{
    const QFileInfoList files = QDir(m_folder)
                                    .entryInfoList({QStringLiteral("open-*.headlens")}, QDir::Files, QDir::Time)
                                    .mid(0, kMostLeftovers);
    std::optional<WorkState> newest;
    for (const QFileInfo& info : files) {
        const QString path = info.filePath();
        QLockFile lock(lockOf(path));
        lock.setStaleLockTime(0);
        if (path == m_file || !lock.tryLock(0)) continue; // another window has it open
        const ReadSession read = readSession(path);
        if (!read.state && read.isDamaged)
            keepAsBad(path, Keep::Move);
        else
            QFile::remove(path);
        if (!newest) newest = read.state;
    }
    if (newest && m_mine) m_holds = writeSession(m_file, sessionBytes(*newest, {}));
    return newest;
}

} // namespace headlens
