// SPDX-License-Identifier: GPL-3.0-or-later
// Small copies of pictures for lists, made by the engine: the window never decodes untrusted files.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QObject>
#include <QStringList>

#include <functional>

namespace headlens {

class InspectionModel;

class Thumbnails : public QObject {
    Q_OBJECT
public:
    // Under the path or name it was asked for with; null for files that are no pictures.
    using Deliver = std::function<void(const QString& name, const QImage& image)>;
    Thumbnails(InspectionModel* model, int side, Deliver deliver, QObject* parent); // side: the longer one, in pixels

    void queue(const QString& path);   // nothing is read before next()
    void makeNow(const QString& path); // before all that are queued
    void next();
    void make(const QString& name, const QByteArray& file); // of a picture that is no file

private:
    void ask(const QByteArray& file, const std::function<void(const QImage&)>& done);

    InspectionModel* m_model;
    int m_side;
    Deliver m_deliver;
    QStringList m_waiting; // paths
    bool m_runs = false;
};

} // namespace headlens
