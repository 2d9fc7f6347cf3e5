// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/thumbnails.h"

#include "widgets/viewmodel/asking.h"

#include <QFile>
#include <QTimer>

#include <utility>

namespace headlens {

Thumbnails::Thumbnails(InspectionModel* model, int side, Deliver deliver, QObject* parent)
    : QObject(parent), m_model(model), m_side(side), m_deliver(std::move(deliver))
{
}

void Thumbnails::queue(const QString& path)
{
    m_waiting.append(path);
}

void Thumbnails::makeNow(const QString& path)
{
    m_waiting.prepend(path);
    next();
}

// One at a time: a folder of a thousand photographs must neither fill the memory nor block the window.
void Thumbnails::next()
{
    if (m_runs || m_waiting.isEmpty()) return;
    const QString path = m_waiting.takeFirst();
    constexpr qint64 kLargest = 32LL << 20; // larger ones keep the blank
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargest) return next();
    m_runs = true;
    ask(file.readAll(), [this, path](const QImage& image) {
        m_runs = false;
        m_deliver(path, image);
        QTimer::singleShot(0, this, &Thumbnails::next);
    });
}

void Thumbnails::make(const QString& name, const QByteArray& file)
{
    ask(file, [this, name](const QImage& image) { m_deliver(name, image); });
}

// A null image for files that are no pictures.
void Thumbnails::ask(const QByteArray& file, const std::function<void(const QImage&)>& done)
{
    headlens::ask(m_model, verbs::kThumbnail, {m_side}, this,
                  [done](const verbs::SmallPicture& small) { done(toQImage(small.picture)); },
                  {.about = Asking::About::Nothing,
                   .tag = QString(),
                   .quiet = true,
                   .unanswered = Unanswered::AlwaysEmpty,
                   .tensors = {imageTensor(file)}});
}

} // namespace headlens
