// SPDX-License-Identifier: GPL-3.0-or-later
// Small copies for the filmstrip, made by the engine: the window never decodes untrusted files.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QObject>
#include <QStringList>

#include <functional>

namespace headlens {

class Filmstrip;
class InspectionModel;

class Thumbnails : public QObject {
    Q_OBJECT
public:
    Thumbnails(InspectionModel* model, Filmstrip* strip, QObject* parent);

    void queue(const QString& path);   // nothing is read before next()
    void makeNow(const QString& path); // before all that are queued
    void next();
    void make(const QString& name, const QByteArray& file); // of a picture that is no file

private:
    void ask(const QByteArray& file, const std::function<void(const QImage&)>& done);

    InspectionModel* m_model;
    Filmstrip* m_strip;
    QStringList m_waiting; // paths
    bool m_runs = false;
};

} // namespace headlens
