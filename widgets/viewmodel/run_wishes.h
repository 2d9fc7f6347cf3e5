// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody wants to be run: a picture, a text, how. Turns it into runs of the engine; what comes of them is the
// model's. A picture that comes before its model waits for it. Window's thread.
#pragma once

#include "core/wire/safetensors.h"
#include "widgets/viewmodel/run_request.h"
#include "widgets/viewmodel/shown_picture.h"

#include <QObject>
#include <QSet>

#include <functional>

namespace headlens {

class InspectionModel;
struct Message;

class RunWishes : public QObject {
    Q_OBJECT
public:
    // `ended` hears of every run, also of one that failed or was cancelled; replay: rows stay until the new ones come.
    using Ended = std::function<void(const Message& answer, bool replay)>;
    RunWishes(InspectionModel* model, Ended ended);

    void openPicture(const QByteArray& file, const QString& name);
    void acceptCut(const QString& name) { m_cutPictures.insert(name); } // from now on shown as far as it goes
    // Runs again with another text, fit, mask or switches. What is the same as before is not run.
    void change(const std::function<void(RunRequest&)>& how);
    void setRequest(const RunRequest& whole); // whose token changes are of its own text and grid
    // What was shown is run again (film or picture, and text); nothingLeft() where neither is there.
    void runAgain(bool replay = false);
    void cancel(); // whatever is running

    const RunRequest& request() const { return m_request; }
    const ShownPicture& picture() const { return m_picture; } // that was run last
    bool hasPictureFile() const;                              // shown, on its way, or a film

    // Another model is open; of another one by wish nothing is left that was of the last one's heads and tokens.
    void forgetChanges();
    // What waited for the model, or all of it where `isMissing`. False: there is nothing to run, or it cannot be.
    bool runWhatWaited(bool isMissing, bool replay);
    void forgetPicture() { m_wanted = {}; } // that waits or is on its way

Q_SIGNALS:
    void switchesChanged();
    // Before it is run: the engine still holds the run of `before`.
    void changing(const headlens::RunRequest& before, const headlens::RunRequest& wanted);
    void nothingLeft(); // to show

private:
    void ask(RunRequest wanted);
    bool hasSomethingToRun() const;
    void send(bool replay);
    void sendFrame();

    InspectionModel* m_model;
    Ended m_ended;
    RunRequest m_request;
    ShownPicture m_picture; // the one that was run last
    ShownPicture m_wanted;  // that is being opened
    QSet<QString> m_cutPictures;
};

// One part of the model turned off or up; runs again.
void setSwitch(InspectionModel* model, const QString& name, const QString& value);

// The bytes of a picture file as the tensor "image"; shares them.
TensorBytes imageTensor(const QByteArray& file);

} // namespace headlens
