// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that is counted of heads as mean and deviation over many pictures, of the model as it was trained. Few
// pictures a question: what the mouse asks for meanwhile waits for no more. Window's thread.
#pragma once

#include "core/base/running_mean.h"
#include "widgets/statistics/head_profiles.h"

#include <QObject>
#include <QStringList>

#include <vector>

namespace headlens {

namespace verbs {
struct ProfiledPictures;
}

class PictureAverage : public QObject {
    Q_OBJECT
public:
    explicit PictureAverage(InspectionModel* model, QObject* parent = nullptr);

    void start(const QStringList& pictures); // what was counted before is forgotten
    void stop();                             // what was counted stays
    void forget();                           // also by itself, with the model
    bool isThere() const { return m_asked > 0 || !m_pictures.isEmpty(); }
    bool isRunning() const { return !m_stopped && m_asked < m_pictures.size(); }
    int total() const { return int(m_pictures.size()); }
    int counted() const { return m_counted; }
    const QStringList& failures() const { return m_failures; } // a sentence a picture that could not be counted
    // By layer and head; empty until the first picture is counted.
    std::vector<ProfiledHead> heads() const;

Q_SIGNALS:
    void changed();

private:
    void askNext();
    void take(const verbs::ProfiledPictures& answer);

    InspectionModel* m_model;
    QStringList m_pictures, m_failures;
    QString m_fit;                    // of all of them: that of the shown input when they were begun
    std::vector<RunningMean> m_cells; // by head and column
    int m_asked = 0, m_counted = 0;
    unsigned m_round = 0; // counts starts: an answer about an older one is none
    bool m_isAsking = false, m_stopped = true;
};

} // namespace headlens
